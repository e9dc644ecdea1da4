// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of maps look like that.
import type { WordMap } from '../../../scenario/map-schema.ts';

/** What holds where the user's map says nothing: the company in our own words. */
export const OWN_WORDS = {
  subject: {
    type: '${actor.kind}',
    id: '${actor.id}',
    properties: {
      level: '${actor.level}',
      roles: '${actor.roles}',
      onBehalfOf: '${actor.onBehalfOf}',
      session: '${actor.session}',
    },
  },
  action: {
    name: '${action.verb}',
    properties: {
      door: '${action.door}',
      params: '${action.params}',
      aiAssisted: '${action.aiAssisted}',
      destructive: '${footprint.destructive}',
      reversible: '${footprint.reversible}',
      readOnly: '${footprint.readOnly}',
      rollsOut: '${footprint.rollsOut}',
      trafficShare: '${footprint.trafficShare}',
    },
  },
  resource: {
    type: 'service',
    id: '${resource.text}',
    properties: {
      environment: '${resource.environment}',
      service: '${resource.service}',
      region: '${resource.region}',
      tier: '${resource.tier}',
      owner: '${resource.owner}',
      tags: '${resource.tags}',
      cells: '${footprint.cells}',
    },
  },
  context: {
    requestId: '${action.id}',
    requestHash: '${action.hash}',
    atMs: '${action.atMs}',
    task: '${action.task}',
    because: '${action.because}',
    buildDigest: '${action.buildDigest}',
    evidence: '${evidence}',
    changeRecord: '${changeRecord}',
    approvals: '${approvals}',
  },
} as const satisfies Pick<WordMap, 'subject' | 'action' | 'resource' | 'context'>;
