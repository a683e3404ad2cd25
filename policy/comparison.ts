// What a comparison of two versions of a policy answers.
import type { Capabilities } from './capabilities.ts';
import type { Catalogue } from './catalogue.ts';
import type { Severity } from './finding.ts';
import type { PolicyType } from './type.ts';
import type { Gained } from './wording.ts';

/** Actions on resources, as the documents write them. */
export type Access = { actions: string[]; resources: string[] };

export type Comparison = {
  severity: Severity | 'none';
  /** Sentences, the worst first. */
  says: string[];
  allowed: Access[];
  denied: Access[];
  /** What is possible now and was not before. */
  gained: Capabilities;
};

/** What is known besides. `type` is undefined where the documents tell it. */
export type Setting = {
  type: PolicyType | undefined;
  account: string | undefined;
  now: number;
  catalogue: Catalogue | undefined;
};

/** What is allowed or withdrawn, as the documents write it. */
export function accessIn({ actions, resources }: Gained): Access {
  return { actions, resources };
}

/** What is possible after a change and was not before. */
export function gainedIn(before: Capabilities, after: Capabilities): Capabilities {
  const fresh = (present: string[], former: string[]) => {
    const known = new Set(former);
    return present.filter((each) => !known.has(each));
  };
  const paths = fresh(after.privilegeEscalation, before.privilegeEscalation);
  return {
    admin: after.admin && !before.admin,
    privilegeEscalation: paths,
    targetDependent: paths.filter((each) => after.targetDependent.includes(each)),
    public: after.public && !before.public,
    crossAccount: fresh(after.crossAccount, before.crossAccount),
    dataAccess: after.dataAccess && !before.dataAccess,
    credentialExposure: after.credentialExposure && !before.credentialExposure,
    resourceExposure: after.resourceExposure && !before.resourceExposure,
  };
}
