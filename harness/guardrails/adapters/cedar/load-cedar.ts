/** The engine's functions that are used here; the whole list is in the package. */
export type CedarEngine = Pick<
  typeof import('@cedar-policy/cedar-wasm/nodejs'),
  | 'checkParsePolicySet'
  | 'policySetTextToParts'
  | 'policyToJson'
  | 'preparsePolicySet'
  | 'preparseSchema'
  | 'statefulIsAuthorized'
>;

/** Loads the engine, four megabytes of WebAssembly, when a profile asks for it and not before. */
export async function loadCedar(): Promise<CedarEngine> {
  return import('@cedar-policy/cedar-wasm/nodejs');
}
