import { readFileSync } from 'node:fs';
import { validateXML } from 'xmllint-wasm';

const SCHEMA = readFileSync(new URL('junit.xsd', import.meta.url), 'utf8');

/** What is wrong with JUnit reports, by the schema beside this file; all at once, since each call starts a program. */
export async function junitProblems(reports: readonly string[]): Promise<string[]> {
  const xml = reports.map((contents, index) => ({ fileName: `report-${index}.xml`, contents }));
  const { errors, valid } = await validateXML({ xml, schema: SCHEMA, maxMemoryPages: 4_096 });
  const problems = errors.map(({ rawMessage }) => rawMessage);
  return valid || problems.length > 0 ? problems : ['not valid, and xmllint does not say why'];
}
