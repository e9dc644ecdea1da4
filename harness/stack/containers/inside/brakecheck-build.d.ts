/** The build that a service's bundle is made for: see `service-main.ts`. */
declare module 'brakecheck-build' {
  export const service: import('../../../../fixtures/retail/kit/service.ts').AnyService;
}
