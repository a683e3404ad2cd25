// One request, read once for all the policies that are asked about it.
import { accountOf } from './arn.ts';
import type { Catalogue } from './catalogue.ts';
import { type Context, contextOf } from './context.ts';
import { type Requester, requesterOf } from './requester.ts';

export type Request = {
  requester: Requester;
  /** In lower case, `s3:getobject`. */
  action: string;
  service: string;
  resource: string;
  resourceAccount: string | undefined;
  context: Context;
  /** The action works on no single resource, as far as is known: only a statement about everything is about it. */
  isResourceless: boolean;
};

/** A request as it is asked. */
export type Asked = { principal: string; action: string; resource: string; context?: unknown };

/** Reads a request; what it says itself (who asks, whose the resource is) need not be in its context. */
export function requestOf(
  asked: Asked,
  resourceAccount: string | undefined,
  catalogue: Catalogue | undefined,
): Request {
  const requester = requesterOf(asked.principal);
  const action = asked.action.toLowerCase();
  const owner = resourceAccount ?? accountOf(asked.resource) ?? requester.account;
  const context = contextOf(asked.context);
  for (const [key, values] of requester.keys) if (!context.has(key)) context.set(key, values);
  if (owner && !context.has('aws:resourceaccount')) context.set('aws:resourceaccount', [owner]);
  return {
    requester,
    action,
    service: action.slice(0, action.indexOf(':')),
    resource: asked.resource,
    resourceAccount: owner,
    context,
    isResourceless: catalogue?.isResourceless(action) === true,
  };
}
