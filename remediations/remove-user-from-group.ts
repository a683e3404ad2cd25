import { remediation } from '../core/remediation.ts';

type Membership = { member: boolean };

// A group's permissions come with membership: taking back the one membership takes back what it brought.
export default remediation<'membership', Membership>({
  id: 'remove-user-from-group',
  title: 'Remove a user from a group',
  why: 'The user loses what the group grants, and keeps everything else. The group and its other members stay as they are, and the user can be added again with one call.',
  target: 'membership',
  reach: 'undo',
  needs: ['iam:ListGroupsForUser', 'iam:RemoveUserFromGroup', 'iam:AddUserToGroup'],

  async observe({ user, group }, read) {
    let marker: string | undefined;
    do {
      const page = await read('iam:ListGroupsForUser', { UserName: user, ...(marker ? { Marker: marker } : {}) });
      if (!page) return null;
      if (page.Groups?.some((each) => each.GroupName === group)) return { member: true };
      marker = page.IsTruncated ? page.Marker : undefined;
    } while (marker);
    return { member: false };
  },

  precheck({ member }, { user, group }) {
    return member ? undefined : `${user} is not in group ${group} any more`;
  },

  plan(_seen, { user, group }) {
    const input = { UserName: user, GroupName: group };
    return {
      says: `remove ${user} from group ${group}`,
      apply: [{ call: 'iam:RemoveUserFromGroup', input }],
      undo: [{ call: 'iam:AddUserToGroup', input }],
    };
  },

  verify: (seen) => seen?.member === false,

  examples: {
    'bob became an administrator by membership': {
      target: { kind: 'membership', user: 'bob', group: 'admins' },
      seen: { member: true },
      says: 'remove bob from group admins',
    },
    'removed meanwhile': {
      target: { kind: 'membership', user: 'bob', group: 'admins' },
      seen: { member: false },
      refuses: 'bob is not in group admins any more',
    },
  },
});
