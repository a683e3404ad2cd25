// Weak findings that are a story together: each is ordinary, and one after the other they are an attack.

/** Steps, each with the rules of which one has to have found something, in whatever order. */
export type Sequence = { id: string; says: string; steps: readonly (readonly string[])[] };

const CREDENTIALS = [
  'access-key-created',
  'login-profile-created',
  'login-profile-updated',
  'service-specific-credential-created',
];
const POWERS = ['policy-attached', 'inline-policy-put', 'user-added-to-group', 'policy-version-created'];

/** https://attack.mitre.org/matrices/enterprise/cloud/iaas/: persistence and escalation in a few calls. */
export const SEQUENCES: readonly Sequence[] = [
  {
    id: 'user-with-power',
    says: 'a user was made, given a credential and given permissions',
    steps: [['user-created'], CREDENTIALS, POWERS],
  },
  {
    id: 'role-with-power',
    says: 'a role was made or opened, given permissions and passed to something new',
    steps: [
      ['role-created', 'role-trust-changed'],
      ['policy-attached', 'inline-policy-put'],
      ['ec2-instances-launched', 'lambda-function-changed', 'ec2-instance-profile-changed'],
    ],
  },
];

/** The sequence that the added findings complete; undefined where none is whole, or one was whole before. */
export function completedBy(before: readonly string[], added: readonly string[]): Sequence | undefined {
  const all = [...before, ...added];
  return SEQUENCES.find((each) => isWhole(each, all) && !isWhole(each, before));
}

function isWhole({ steps }: Sequence, rules: readonly string[]): boolean {
  return steps.every((step) => step.some((each) => rules.includes(each)));
}
