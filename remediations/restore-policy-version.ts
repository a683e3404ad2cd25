import { remediation } from '../core/remediation.ts';

type Versions = { standard: string; versions: string[] };

// Every version of a managed policy stays readable in IAM, so the way back is one call. Which version was the default
// before is known from earlier events, or it is the newest one older than the version that the event set.
export default remediation<'policy-version', Versions>({
  id: 'restore-policy-version',
  title: 'Make the former version of a managed policy the default again',
  why: 'Everybody who has the policy gets what it granted before. The new version stays in IAM, so that it can be read and be made the default again.',
  target: 'policy-version',
  reach: 'undo',
  needs: ['iam:ListPolicyVersions', 'iam:SetDefaultPolicyVersion'],

  async observe({ policy }, read) {
    const page = await read('iam:ListPolicyVersions', { PolicyArn: policy });
    const standard = page?.Versions?.find((each) => each.IsDefaultVersion)?.VersionId;
    const versions = (page?.Versions ?? []).map((each) => each.VersionId ?? '').sort(byNumber);
    return standard ? { standard, versions } : null;
  },

  precheck(seen, { policy, version, former }) {
    if (seen.standard !== version) return `the default version of ${policy} is ${seen.standard} by now, not ${version}`;
    return formerVersion(seen, version, former)
      ? undefined
      : `it is not known which version of ${policy} was the default before ${version}`;
  },

  plan(seen, { policy, version, former }) {
    const back = formerVersion(seen, version, former) ?? version;
    return {
      says: `make ${back} the default version of ${policy} again, instead of ${version}`,
      ...(former === undefined && seen.versions.length > 2
        ? { doubt: `that ${back} was the default before is a guess: it is the newest of the older versions` }
        : {}),
      apply: [{ call: 'iam:SetDefaultPolicyVersion', input: { PolicyArn: policy, VersionId: back } }],
      undo: [{ call: 'iam:SetDefaultPolicyVersion', input: { PolicyArn: policy, VersionId: version } }],
    };
  },

  verify: (seen, { version, former }) => seen !== null && seen.standard === formerVersion(seen, version, former),

  examples: {
    'a second version was made the default': {
      target: {
        kind: 'policy-version',
        policy: 'arn:aws:iam::111122223333:policy/deploy',
        version: 'v2',
        former: undefined,
      },
      seen: { standard: 'v2', versions: ['v1', 'v2'] },
      says: 'make v1 the default version of arn:aws:iam::111122223333:policy/deploy again, instead of v2',
    },
    'an old version came back, and an earlier event tells which one it replaced': {
      target: {
        kind: 'policy-version',
        policy: 'arn:aws:iam::111122223333:policy/deploy',
        version: 'v1',
        former: 'v4',
      },
      seen: { standard: 'v1', versions: ['v1', 'v2', 'v4'] },
      says: 'make v4 the default version of arn:aws:iam::111122223333:policy/deploy again, instead of v1',
    },
    'an old version came back, and any other may have been before': {
      target: {
        kind: 'policy-version',
        policy: 'arn:aws:iam::111122223333:policy/deploy',
        version: 'v1',
        former: undefined,
      },
      seen: { standard: 'v1', versions: ['v1', 'v2', 'v3'] },
      refuses: 'it is not known which version of arn:aws:iam::111122223333:policy/deploy was the default before v1',
    },
    'the default has moved on': {
      target: {
        kind: 'policy-version',
        policy: 'arn:aws:iam::111122223333:policy/deploy',
        version: 'v2',
        former: undefined,
      },
      seen: { standard: 'v3', versions: ['v1', 'v2', 'v3'] },
      refuses: 'the default version of arn:aws:iam::111122223333:policy/deploy is v3 by now, not v2',
    },
  },
});

/** The version to go back to; undefined where that would be a guess. */
function formerVersion({ versions }: Versions, version: string, former: string | undefined): string | undefined {
  if (former !== undefined) return former !== version && versions.includes(former) ? former : undefined;
  const others = versions.filter((each) => each !== version);
  const older = others.filter((each) => byNumber(each, version) < 0);
  if (others.length === 1) return others[0];
  return older.length === others.length ? older.at(-1) : undefined;
}

function byNumber(one: string, other: string): number {
  return Number(one.slice(1)) - Number(other.slice(1));
}
