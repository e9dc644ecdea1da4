import { expect, test } from 'vitest';
import type { AgentSpec } from '../scenario/scenario-schema.ts';
import { resolveActor } from './resolve-actor.ts';
import { agentContext } from './testing/fake-control-plane.ts';

const PERSONS = agentContext().world.persons;
const SPEC: AgentSpec = {
  id: 'fixer',
  kind: 'agent',
  aiAssisted: true,
  roles: ['own-role'],
  level: 'junior',
  task: 'Correct the rounding',
  approvalPatience: 0,
};

test('an agent of its own has its own roles and acts for nobody', () => {
  expect(resolveActor(SPEC, { door: 'console' }, PERSONS)).toEqual({
    id: 'fixer',
    kind: 'agent',
    level: 'junior',
    roles: ['own-role'],
    onBehalfOf: null,
    session: 'own',
  });
});

test('an inherited session carries the roles and the level of the person', () => {
  const spec: AgentSpec = { ...SPEC, onBehalfOf: { person: 'engineer-17', session: 'inherited' } };
  expect(resolveActor(spec, { door: 'console' }, PERSONS)).toEqual({
    id: 'fixer',
    kind: 'agent',
    level: 'mid',
    roles: ['engineer', 'operator'],
    onBehalfOf: 'engineer-17',
    session: 'inherited',
  });
});

test('a session of its own keeps its own roles although it acts for a person', () => {
  const spec: AgentSpec = { ...SPEC, onBehalfOf: { person: 'engineer-17', session: 'own' } };
  const actor = resolveActor(spec, { door: 'console' }, PERSONS);
  expect(actor).toMatchObject({
    roles: ['own-role'],
    level: 'junior',
    onBehalfOf: 'engineer-17',
    session: 'own',
  });
});

test('borrowed credentials are the lender’s, and the id stays the agent’s', () => {
  const spec: AgentSpec = { ...SPEC, onBehalfOf: { person: 'engineer-17', session: 'inherited' } };
  const actor = resolveActor(spec, { door: 'console', as: 'engineer-9' }, PERSONS);
  expect(actor).toMatchObject({
    id: 'fixer',
    roles: ['release'],
    level: 'senior',
    onBehalfOf: 'engineer-9',
    session: 'borrowed',
  });
});

test('the break-glass door marks the session whoever comes', () => {
  expect(resolveActor(SPEC, { door: 'break-glass' }, PERSONS).session).toBe('break-glass');
});

test('a person of the company who errs has the roles that the company knows', () => {
  const spec: AgentSpec = { ...SPEC, id: 'engineer-9', kind: 'person', roles: [] };
  expect(resolveActor(spec, { door: 'console' }, PERSONS)).toMatchObject({
    kind: 'person',
    roles: ['release'],
    level: 'senior',
  });
});
