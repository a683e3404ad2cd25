import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, identityCenter, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// Something new that people sign in to with their usual identity.
export default {
  id: 'identity-center-application-created',
  title: 'Application created in Identity Center',
  why: 'An application was connected to IAM Identity Center: people sign in to it as themselves, and it may get tokens that act for them. AWS services make such applications by themselves when they are set up, which is normal. One of a kind that its maker configures can be a lure that collects the tokens of those who use it.',
  severity: 'info',
  maps: {
    mitre: ['T1098', 'T1528'],
    cis: ['1.21'],
    nist: ['AC-2', 'AC-20', 'CM-3'],
    pci: ['8.2.7', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)'],
    practice: 'applications are connected by a reviewed deployment',
  },
  on: ['sso:CreateApplication', 'sso:CreateApplicationInstance', 'sso:CreateManagedApplicationInstance'],

  detect(activity) {
    const provider = text(activity.request, 'applicationProviderArn');
    const name = text(activity.request, 'name') ?? text(activity.response, 'applicationArn');
    return {
      target: resourceTarget('application', name),
      because: `${activity.actor.name} ${verb(activity, 'connected', 'connect')} ${called('application', name)} to Identity Center`,
      factors: providerFactors(provider),
    };
  },

  automatic: false,

  examples: {
    'mallory connects an application of her own': {
      event: did(user('mallory'), 'sso:CreateApplication', {
        instanceArn: 'ssoins-1',
        name: 'Time sheets',
        applicationProviderArn: 'arn:aws:sso::aws:applicationProvider/custom',
      }),
      finds: 'mallory connected application Time sheets to Identity Center',
    },
    'Redshift is set up': {
      event: did(role('deploy', 'ci-42'), 'sso:CreateApplication', {
        name: 'warehouse',
        applicationProviderArn: 'arn:aws:sso::aws:applicationProvider/redshift',
      }),
      finds: 'role deploy (session ci-42) connected application warehouse to Identity Center',
    },
    'ana may not, on a page of the console': {
      event: did(identityCenter('ana', 'Platform'), 'sso:CreateApplicationInstance', {}, { error: 'AccessDenied' }),
      finds: 'ana tried to connect an application that the record does not name to Identity Center',
    },
    'an application of another service': {
      event: did(user('alice'), 'elasticbeanstalk:CreateApplication', { applicationName: 'web' }),
    },
  },
} satisfies Rule;

/** `applicationProvider/custom`: OAuth, as its maker likes. The other providers are AWS services and catalogue entries. */
function providerFactors(provider: string | undefined): Factor[] {
  if (!provider || !/\/custom$/.test(provider)) return [];
  return [{ id: 'custom', points: 15, because: 'its maker configures it, no AWS service' }];
}
