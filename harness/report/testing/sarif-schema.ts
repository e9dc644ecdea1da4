/**
 * SARIF 2.1.0 as far as this report uses it, as a JSON Schema of our own, written from the standard (OASIS, sections 3.13
 * to 3.58). Names and types are the standard's; it is stricter, in that no other property may stand.
 */
export const SARIF_SCHEMA = object(
  {
    $schema: { type: 'string', format: 'uri' },
    version: { const: '2.1.0' },
    runs: list(ref('run'), 1),
  },
  ['$schema', 'version', 'runs'],
  {
    run: object(
      {
        tool: object({ driver: ref('driver') }, ['driver']),
        automationDetails: object({ id: text(1) }, ['id']),
        invocations: list(ref('invocation'), 1),
        originalUriBaseIds: {
          type: 'object',
          additionalProperties: object({ description: ref('message') }, ['description']),
        },
        columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
        results: list(ref('result')),
        properties: ref('bag'),
      },
      ['tool', 'invocations', 'results', 'columnKind'],
    ),
    driver: object(
      { name: text(1), version: text(1), semanticVersion: text(1), rules: unique(ref('rule')) },
      ['name', 'version', 'rules'],
    ),
    rule: object(
      {
        id: text(1),
        name: text(1),
        shortDescription: ref('message'),
        fullDescription: ref('message'),
        help: object({ text: text(1), markdown: text(1) }, ['text']),
        defaultConfiguration: object({ level: ref('level') }, ['level']),
        properties: ref('bag'),
      },
      ['id', 'shortDescription', 'fullDescription', 'help'],
    ),
    invocation: object(
      {
        executionSuccessful: { type: 'boolean' },
        exitCode: { type: 'integer' },
        exitCodeDescription: text(1),
        toolExecutionNotifications: list(ref('notification')),
      },
      ['executionSuccessful', 'exitCode'],
    ),
    notification: object(
      { descriptor: object({ id: text(1) }, ['id']), level: ref('level'), message: ref('message') },
      ['message', 'level'],
    ),
    result: object(
      {
        ruleId: text(1),
        ruleIndex: { type: 'integer', minimum: 0 },
        kind: { enum: ['notApplicable', 'pass', 'fail', 'review', 'open', 'informational'] },
        level: ref('level'),
        message: ref('message'),
        locations: list(ref('location'), 1),
        relatedLocations: unique(ref('location')),
        codeFlows: list(object({ threadFlows: list(ref('threadFlow'), 1) }, ['threadFlows']), 1),
        partialFingerprints: { type: 'object', additionalProperties: text(1), minProperties: 1 },
        properties: ref('bag'),
      },
      ['ruleId', 'ruleIndex', 'kind', 'level', 'message', 'locations', 'partialFingerprints'],
    ),
    threadFlow: object({ locations: list(object({ location: ref('location') }, ['location']), 1) }, [
      'locations',
    ]),
    location: object(
      {
        physicalLocation: ref('physicalLocation'),
        logicalLocations: unique(object({ name: text(1), fullyQualifiedName: text(1) }, ['name'])),
        message: ref('message'),
      },
      [],
    ),
    physicalLocation: object(
      {
        artifactLocation: object({ uri: { type: 'string', format: 'uri-reference' }, uriBaseId: text(1) }, [
          'uri',
        ]),
        region: object({ startLine: ref('fromOne'), startColumn: ref('fromOne') }, ['startLine']),
      },
      ['artifactLocation'],
    ),
    message: object({ text: text(1) }, ['text']),
    level: { enum: ['none', 'note', 'warning', 'error'] },
    fromOne: { type: 'integer', minimum: 1 },
    bag: { type: 'object', properties: { tags: unique({ type: 'string' }) } },
  },
);

type Schema = Readonly<Record<string, unknown>>;

function object(
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[],
  definitions?: Readonly<Record<string, Schema>>,
): Schema {
  const base = { type: 'object', properties, required, additionalProperties: false };
  return definitions === undefined ? base : { ...base, definitions };
}

function list(items: Schema, minItems = 0): Schema {
  return { type: 'array', items, minItems };
}

function unique(items: Schema): Schema {
  return { type: 'array', items, uniqueItems: true };
}

function ref(name: string): Schema {
  return { $ref: `#/definitions/${name}` };
}

function text(minLength: number): Schema {
  return { type: 'string', minLength };
}
