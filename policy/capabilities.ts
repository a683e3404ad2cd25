// What whoever has a policy can do with it, beyond the services that it names.
import { type Access, allowedMaybe, type Grant, grantsOf } from './access.ts';
import { type Bits, hasBit, numbersIn, onlyCommon } from './bits.ts';
import { type Open, openPaths } from './escalation.ts';
import { ANYTHING } from './interest.ts';

/** What a document makes possible. Paths by their references; principals as the document names them. */
export type Capabilities = {
  admin: boolean;
  privilegeEscalation: string[];
  targetDependent: string[];
  public: boolean;
  crossAccount: string[];
  dataAccess: boolean;
  credentialExposure: boolean;
  resourceExposure: boolean;
};

export const NO_CAPABILITIES: Capabilities = {
  admin: false,
  privilegeEscalation: [],
  targetDependent: [],
  public: false,
  crossAccount: [],
  dataAccess: false,
  credentialExposure: false,
  resourceExposure: false,
};

/** What identity policies make possible, with the grants that say so. */
export type Powers = {
  /** By which grant: everything, or all of IAM and so everything; undefined for no administrator. */
  admin: { isEverything: boolean; grants: Grant[] } | undefined;
  paths: Open[];
  /** The first grant of each kind that reaches everything of its kind. */
  data: Grant | undefined;
  secrets: Grant | undefined;
  credentials: Grant | undefined;
  exposures: Grant | undefined;
};

export function powersOf(access: Access): Powers {
  const { interest } = access;
  const maybe = allowedMaybe(access);
  return {
    admin: adminOf(access),
    paths: openPaths(access),
    data: firstWide(access, maybe, interest.data),
    secrets: firstWide(access, maybe, interest.secrets),
    credentials: firstWide(access, maybe, interest.credentials),
    exposures: firstWide(access, maybe, interest.exposures),
  };
}

/** The capabilities that the powers come to. */
export function capabilitiesOf({ admin, paths, data, credentials, exposures }: Powers): Capabilities {
  return {
    ...NO_CAPABILITIES,
    admin: admin !== undefined,
    privilegeEscalation: paths.map(({ path }) => path.id),
    targetDependent: paths.filter((each) => each.needsTarget).map(({ path }) => path.id),
    dataAccess: data !== undefined,
    credentialExposure: credentials !== undefined,
    resourceExposure: exposures !== undefined,
  };
}

/** Whatever gives users and roles any permissions, all of IAM included: it amounts to everything. */
function adminOf(access: Access): Powers['admin'] {
  const grants: Grant[] = [];
  for (const each of numbersIn(access.interest.giving)) {
    const grant = wideGrant(access, each);
    if (!grant) return undefined;
    grants.push(grant);
  }
  const everything = wideGrant(access, numberOf(access, ANYTHING));
  return { isEverything: everything !== undefined, grants: everything ? [everything] : grants };
}

function numberOf({ interest }: Access, name: string): number {
  return interest.number.get(name) ?? 0;
}

/** The grant of the action on everything of its kind. */
function wideGrant(access: Access, number: number): Grant | undefined {
  return grantsOf(access, number).find((each) => each.breadth === 'all');
}

function firstWide(access: Access, maybe: Bits, actions: Bits): Grant | undefined {
  const candidates = numbersIn(onlyCommon(maybe, actions));
  const simple = candidates.find((each) => hasBit(access.open, each) && !hasBit(access.objected, each));
  if (simple !== undefined) return wideGrant(access, simple);
  for (const each of candidates) {
    const found = wideGrant(access, each);
    if (found) return found;
  }
  return undefined;
}
