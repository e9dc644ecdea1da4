import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { SARIF_SCHEMA } from './sarif-schema.ts';

const ajv = new Ajv({ allErrors: true });
addFormats.default(ajv);
const validate = ajv.compile(SARIF_SCHEMA);

interface Parsed {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly originalUriBaseIds: Readonly<Record<string, unknown>>;
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly kind: string;
      readonly level: string;
    }[];
  }[];
}

/** What is wrong with a SARIF text: by the schema, and by the rules of the standard that no schema can tell. */
export function sarifProblems(text: string): string[] {
  const log: unknown = JSON.parse(text);
  if (!validate(log)) return (validate.errors ?? []).map(error => `${error.instancePath} ${error.message}`);
  return (log as Parsed).runs.flatMap(({ tool, results, originalUriBaseIds }) => [
    ...results
      .filter(({ ruleId, ruleIndex }) => tool.driver.rules[ruleIndex]?.id !== ruleId)
      .map(({ ruleId }) => `${ruleId} is not the rule that its index names`),
    ...results
      .filter(({ kind, level }) => (kind === 'fail') === (level === 'none'))
      .map(({ kind, level }) => `the level ${level} does not go with the kind ${kind} (3.27.10)`),
    ...[...text.matchAll(/"uriBaseId": "([^"]*)"/g)]
      .filter(([, base]) => originalUriBaseIds[base ?? ''] === undefined)
      .map(([, base]) => `${base} is no base of this run`),
  ]);
}
