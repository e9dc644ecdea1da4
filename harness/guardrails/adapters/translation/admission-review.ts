import type { TranslatedAction, TranslatedObject } from './translator.ts';

/** A Kubernetes AdmissionReview v1 (admission.k8s.io/v1) that asks about one object. */
export interface AdmissionReview {
  readonly apiVersion: 'admission.k8s.io/v1';
  readonly kind: 'AdmissionReview';
  readonly request: Readonly<Record<string, unknown>>;
}

/**
 * The review that an API server would send for this object; `uid` names the question. The subject becomes the user: its
 * id, and its property `groups` or `roles` as groups.
 */
export function admissionReview(
  { subject }: Pick<TranslatedAction, 'subject'>,
  translated: TranslatedObject,
  uid: string,
): AdmissionReview {
  const { operation, group, version, kind, resource, subResource, name, namespace } = translated;
  const requestKind = { group, version, kind };
  const requestResource = { group, version, resource };
  return {
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    request: {
      uid,
      kind: requestKind,
      resource: requestResource,
      ...(subResource === '' ? {} : { subResource }),
      requestKind,
      requestResource,
      ...(subResource === '' ? {} : { requestSubResource: subResource }),
      name,
      ...(namespace === '' ? {} : { namespace }),
      operation,
      userInfo: { username: subject.id, groups: groupsOf(subject.properties) },
      object: translated.object,
      oldObject: translated.oldObject,
      dryRun: false,
      options: null,
    },
  };
}

function groupsOf(properties: Readonly<Record<string, unknown>>): readonly string[] {
  const groups = properties.groups ?? properties.roles;
  return Array.isArray(groups) ? groups.map(String) : [];
}
