import * as CloudTrail from '@aws-sdk/client-cloudtrail';
import * as Iam from '@aws-sdk/client-iam';
import { expect, test } from 'vitest';
import { problemWith } from '../cli/event-names.ts';
import { namesOf } from '../core/match.ts';
import { loadCatalogue } from '../policy/catalogue.ts';
import { rules } from '../rules/index.ts';

const catalogue = await loadCatalogue();

/** Services whose events are their API's operations: the SDK knows them all. */
const OPERATIONS: { [service: string]: object } = { iam: Iam, cloudtrail: CloudTrail };

const names = [...new Set(rules.flatMap(namesOf))];

test.each(names)('%s is an event of AWS', (name) => {
  const [service = '', operation = ''] = name.split(':');
  const known = OPERATIONS[service];
  expect(known ? `${operation}Command` in known : problemWith(name, catalogue) === undefined).toBe(true);
});

const FAMILY =
  /^(Attach|Detach|Put|Delete)(User|Group|Role)(Policy|PermissionsBoundary)$|PolicyVersion$|^UpdateAssumeRolePolicy$|^AddUserToGroup$|^DeletePolicy$|^CreatePolicy$/;

test('every IAM call that changes a policy, a trust, a boundary or a membership is looked at', () => {
  const calls = Object.keys(Iam)
    .filter((each) => each.endsWith('Command'))
    .map((each) => each.slice(0, -'Command'.length));
  const wanted = calls.filter((each) => FAMILY.test(each) && !/^(Get|List)/.test(each)).map((each) => `iam:${each}`);
  expect(wanted.length).toBeGreaterThan(18);
  expect(wanted.filter((each) => !names.includes(each as (typeof names)[number]))).toEqual([]);
});
