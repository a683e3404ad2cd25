// What whoever has a policy can do with it, beyond the services that it names.
import type { Access } from './access.ts';
import { areWithin, type Bits, firstCommon, numbersIn, onlyCommon } from './bits.ts';
import { type Open, openPaths } from './escalation.ts';
import { type Grant, wideGrant } from './grants.ts';
import { ANYTHING, patternsFor } from './interest.ts';

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
  /** What reaches everything of its kind. */
  data: Power | undefined;
  secrets: Power | undefined;
  credentials: Power | undefined;
  exposures: Power | undefined;
};

/** The first grant of such actions, and by which patterns, as the statement spells them. */
export type Power = { grant: Grant; by: string[] };

export function powersOf(access: Access): Powers {
  const { interest } = access.basis;
  return {
    admin: adminOf(access),
    paths: openPaths(access),
    data: powerOf(access, interest.data),
    secrets: powerOf(access, interest.secrets),
    credentials: powerOf(access, interest.credentials),
    exposures: powerOf(access, interest.exposures),
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
  const { giving, numbers } = access.basis.interest;
  if (!areWithin(giving, access.maybeWide)) return undefined;
  const grants: Grant[] = [];
  for (const each of numbersIn(giving)) {
    const grant = wideGrant(access, each);
    if (!grant) return undefined;
    grants.push(grant);
  }
  const everything = wideGrant(access, numbers.get(ANYTHING)?.[0] ?? 0);
  return { isEverything: everything !== undefined, grants: everything ? [everything] : grants };
}

function powerOf(access: Access, actions: Bits): Power | undefined {
  const grant = firstWide(access, actions);
  return grant && { grant, by: patternsFor(grant.statement, actions, access.basis.interest) };
}

/** A grant of one of the actions on everything of its kind; what is allowed without conditions comes first. */
function firstWide(access: Access, actions: Bits): Grant | undefined {
  const { maybeWide, open, objected } = access;
  const first = firstCommon(maybeWide, actions, open, objected);
  if (first !== undefined) return wideGrant(access, first);
  for (const each of numbersIn(onlyCommon(maybeWide, actions))) {
    const found = wideGrant(access, each);
    if (found) return found;
  }
  return undefined;
}
