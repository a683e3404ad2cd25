// What a request for an action says besides who asks: which condition keys come with it, and what they can be.
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
import { kept } from './kept.ts';
import { atMost, type Keys, NO_KEYS, oneOf, type Values } from './scope.ts';

/** What is known of the keys of a request for the action, as AWS spells it: one object for all actions of which the same is. */
export function keysOf(action: string): Keys {
  const [service = '', name = ''] = action.split(':');
  if (service === 'iam') return ofIam(name);
  return service.startsWith('~') ? NO_KEYS : kept(BY_SERVICE, service, () => ofService(service));
}

const BY_SERVICE = new Map<string, Keys>();

/** What is known when a role is passed to one of the services; `samples`: their names, as `iam:PassedToService` has them. */
export function passingTo(accepts: (service: string) => boolean, samples: readonly string[]): Keys {
  const services: Values = { absent: false, accepts, samples };
  const passing = ofIam('PassRole');
  return { valuesOf: (key, account) => (key === PASSED_TO ? services : passing.valuesOf(key, account)) };
}

const PASSED_TO = 'iam:passedtoservice';

/** It is never there. */
const NEVER = atMost();

/** Requests for some actions differ in the key from those for others. Most keys say the same of all of them. */
export function isSpecific(key: string): boolean {
  if (!key.startsWith('aws:')) return true;
  const slash = key.indexOf('/');
  const base = slash === -1 ? key : key.slice(0, slash);
  return (
    OF_SERVICES.has(base) || IAM_KEYS.has(base) || base === 'aws:requestedregion' || base === 'aws:resourceaccount'
  );
}

function ofService(service: string): Keys {
  return { valuesOf: (key) => (isForeign(key, service) || OF_SERVICES.has(key) ? NEVER : undefined) };
}

/** Only a service that asks for somebody says them. */
const OF_SERVICES: ReadonlySet<string> = new Set([
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
]);

/** The key belongs to another service. What has dots is a provider of identities, which a session remembers. */
function isForeign(key: string, service: string): boolean {
  if (key.startsWith('aws:')) return false;
  const prefix = key.slice(0, key.indexOf(':'));
  if (prefix === 'saml' || prefix === service || prefix.includes('.')) return false;
  if (service.startsWith(`${prefix}-`) || (service === 'sts' && prefix === 'iam')) return false;
  return !OF_SESSIONS.test(key);
}

/** What the credentials themselves say: to whom the service has given them. */
const OF_SESSIONS =
  /^((ec2|lambda|ssm):source\w+|ec2:roledelivery|identitystore:userid|glue:(roleassumedby|credentialissuingservice)|codebuild:(buildarn|projectarn))$/;

/** IAM is asked in one region of each partition. */
const IAM_REGIONS = oneOf('us-east-1', 'cn-north-1', 'us-gov-west-1');
const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';

/** A boundary that is no limit, or none: whoever may only write to principals behind a boundary gains nothing by it. */
const UNBOUND: Values = {
  absent: true,
  accepts: (each) => /^arn:aws[a-z-]*:iam::aws:policy\/AdministratorAccess$/.test(each),
  samples: [ADMINISTRATOR],
};

/** A policy that gives power, or one of the account's own, of which nothing is known. */
const POWERFUL: Values = {
  absent: false,
  accepts: (each) =>
    /^arn:aws[a-z-]*:iam::(\d{12}:policy\/.*|aws:policy\/(AdministratorAccess|IAMFullAccess|PowerUserAccess))$/.test(
      each,
    ),
  samples: [
    ADMINISTRATOR,
    ...['IAMFullAccess', 'PowerUserAccess'].map((each) => `arn:aws:iam::aws:policy/${each}`),
    'arn:aws:iam::000000000000:policy/guardrail-any',
  ],
};

const ANY_SERVICE: Values = { absent: false, accepts: () => true, samples: ['lambda.amazonaws.com'] };

/** Those of IAM's actions that a key comes with; with all others it is missing. */
const IAM_KEYS: ReadonlyMap<string, RegExp> = new Map([
  [PASSED_TO, /^PassRole$/],
  ['iam:associatedresourcearn', /^PassRole$/],
  ['iam:policyarn', /^(Attach|Detach)\w+Policy$/],
  ['iam:permissionsboundary', /^(Attach|Delete|Detach|Put)(User|Role)Policy$|PermissionsBoundary$|^Create(User|Role)$/],
  ['iam:resourcetag', /^(?!\w*Group)/],
  ['aws:resourcetag', /^(?!\w*Group)/],
  ['aws:requesttag', /^Tag|^Create(User|Role|Policy|InstanceProfile|\w+Provider|VirtualMFADevice)$/],
  ['aws:tagkeys', /^(Tag|Untag)|^Create(User|Role|Policy|InstanceProfile|\w+Provider|VirtualMFADevice)$/],
]);

const IAM = ofService('iam');
const BY_KEYS = new Map<string, Keys>();

/** Actions with the same keys share what is known of them. */
function ofIam(name: string): Keys {
  const coming = [...IAM_KEYS].filter(([, names]) => names.test(name)).map(([key]) => key);
  const kind = /^(Attach|Put)(?!\w*Boundary)|^PassRole$/.exec(name)?.[0] ?? '';
  return kept(BY_KEYS, [kind, ...coming].join(), () => ({
    valuesOf(key, account) {
      const slash = key.indexOf('/');
      const base = slash === -1 ? key : key.slice(0, slash);
      if (IAM_KEYS.has(base) && !coming.includes(base)) return NEVER;
      return ofIamKey(base, kind, account) ?? IAM.valuesOf(key, account);
    },
  }));
}

function ofIamKey(key: string, kind: string, account: string | undefined): Values | undefined {
  if (key === PASSED_TO) return ANY_SERVICE;
  if (key === 'iam:policyarn') return kind === 'Attach' ? POWERFUL : undefined;
  if (key === 'iam:permissionsboundary') return kind === 'Attach' || kind === 'Put' ? UNBOUND : undefined;
  // The region of a role that is passed is that of the service.
  if (key === 'aws:requestedregion') return kind === 'PassRole' ? undefined : IAM_REGIONS;
  return key === 'aws:resourceaccount' && account !== undefined ? oneOf(account) : undefined;
}
