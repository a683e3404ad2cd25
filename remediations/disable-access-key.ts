import { remediation } from '../core/remediation.ts';

type Key = { status: string };

// A key that is Inactive signs nothing, and is Active again with one call: nothing is lost while people find out.
export default remediation<'access-key', Key>({
  id: 'disable-access-key',
  title: 'Disable an access key',
  why: 'Calls signed with the key are refused from then on; programs that use it stop working until the key is active again. The key itself, its user and its other key stay as they are.',
  target: 'access-key',
  reach: 'undo',
  needs: ['iam:ListAccessKeys', 'iam:UpdateAccessKey'],

  async observe({ user, key }, read) {
    let marker: string | undefined;
    do {
      const page = await read('iam:ListAccessKeys', { UserName: user, ...(marker ? { Marker: marker } : {}) });
      const found = page?.AccessKeyMetadata?.find((each) => each.AccessKeyId === key);
      if (found) return { status: found.Status ?? 'unknown' };
      marker = page?.IsTruncated ? page.Marker : undefined;
    } while (marker);
    return null;
  },

  precheck({ status }, { key, user }) {
    return status === 'Active' ? undefined : `access key ${key} of ${user} is ${status} already`;
  },

  plan(_seen, { key, user }) {
    const identity = { UserName: user, AccessKeyId: key };
    return {
      says: `set access key ${key} of ${user} to Inactive`,
      apply: [{ call: 'iam:UpdateAccessKey', input: { ...identity, Status: 'Inactive' } }],
      undo: [{ call: 'iam:UpdateAccessKey', input: { ...identity, Status: 'Active' } }],
    };
  },

  verify: (seen) => seen?.status === 'Inactive',

  examples: {
    'an active key': {
      target: { kind: 'access-key', user: 'bob', key: 'AKIAEXAMPLE000000001' },
      seen: { status: 'Active' },
      says: 'set access key AKIAEXAMPLE000000001 of bob to Inactive',
    },
    'somebody was faster': {
      target: { kind: 'access-key', user: 'bob', key: 'AKIAEXAMPLE000000001' },
      seen: { status: 'Inactive' },
      refuses: 'access key AKIAEXAMPLE000000001 of bob is Inactive already',
    },
  },
});
