// What AWS's services offer: their actions, how far each reaches, and what kinds of resources it works on.
// The extract is made by `npm run catalogue` and loaded only where somebody asks: detection does without it.

import { type Format, formatOf } from './format.ts';
import { fits, isPlain } from './wildcard.ts';

/** Reads, lists, changes, tags, or changes who may do what ("Permissions management" in the Service Authorization Reference). */
export type Level = 'read' | 'list' | 'write' | 'tagging' | 'permissions';

/** An action as AWS documents it. `resources`: the formats that it works on; none: on everything at once. */
export type Action = { name: string; level: Level; resources: readonly Format[] };

export type Catalogue = {
  /** The action by its name in any case, `s3:getobject`; undefined where AWS has none of that name. */
  find(action: string): Action | undefined;
  /** The prefixes of the services. */
  services: readonly string[];
  /** A service's actions; none where AWS has no such service. */
  actionsOf(service: string): Action[];
  hasService(service: string): boolean;
  /** The actions that a name or pattern in lower case, `s3:get*`, stands for; undefined where it leaves the service open. */
  matching(pattern: string): readonly Action[] | undefined;
  /** True where the action, in lower case, works on everything at once; undefined for one that AWS does not have. */
  isResourceless(action: string): boolean | undefined;
  /** Resource control policies are for this service. */
  takesRcps(service: string): boolean;
  /** Global condition keys in lower case; those that end in `/` go on with the key of a tag. */
  globalKeys: ReadonlySet<string>;
  /** Of the package that the extract was made of. */
  version: string;
};

const LEVELS: { readonly [letter: string]: Level } = {
  r: 'read',
  l: 'list',
  w: 'write',
  t: 'tagging',
  p: 'permissions',
};

/** The extract, decoded when it is first asked for; every later call gets the same. */
export function loadCatalogue(): Promise<Catalogue> {
  loaded ??= decode();
  return loaded;
}

let loaded: Promise<Catalogue> | undefined;

async function decode(): Promise<Catalogue> {
  const [{ brotliDecompressSync }, { EXTRACT }] = await Promise.all([
    import('node:zlib'),
    import('./extract.generated.ts'),
  ]);
  return catalogueOf(brotliDecompressSync(Buffer.from(EXTRACT, 'base64')).toString());
}

type Service = { actions: Map<string, Action> };

/**
 * The catalogue of an extract: blocks separated by empty lines. The first says version, global keys and the services of
 * resource control policies; each other one a service, its kinds of resources (`@kind ARN`) and its actions by level and kinds (`w kind,kind Name Name`).
 */
export function catalogueOf(extract: string): Catalogue {
  const [head = '', ...blocks] = extract.split('\n\n');
  const [version = '', keys = '', rcps = ''] = head.split('\n');
  const texts = new Map(blocks.map((each) => [each.slice(0, each.indexOf('\n')), each]));
  const services = new Map<string, Service>();
  const rcpServices = new Set(rcps.split(' '));
  const known = new Map<string, readonly Action[]>();
  const serviceOf = (name: string): Service | undefined => {
    const known = services.get(name);
    const text = texts.get(name);
    if (known || !text) return known;
    const read = serviceIn(text);
    services.set(name, read);
    return read;
  };
  const find = (action: string): Action | undefined => {
    const colon = action.indexOf(':');
    return serviceOf(action.slice(0, colon).toLowerCase())?.actions.get(action.slice(colon + 1).toLowerCase());
  };
  const matching: Catalogue['matching'] = (pattern) => {
    const found = known.get(pattern);
    if (found) return found;
    const service = pattern.slice(0, pattern.indexOf(':'));
    if (!isPlain(service) || pattern === '*') return undefined;
    const made = among(serviceOf(service), pattern.slice(service.length + 1));
    if (known.size < MOST) known.set(pattern, made);
    return made;
  };
  return {
    find,
    services: [...texts.keys()],
    actionsOf: (service) => [...(serviceOf(service.toLowerCase())?.actions.values() ?? [])],
    hasService: (service) => texts.has(service.toLowerCase()),
    matching,
    isResourceless(action) {
      const [found] = isPlain(action) ? (matching(action) ?? []) : [];
      return found && found.resources.length === 0;
    },
    takesRcps: (service) => rcpServices.has(service),
    globalKeys: new Set(keys.split(' ')),
    version,
  };
}

/** So many patterns are remembered. */
const MOST = 20_000;

function among(service: Service | undefined, pattern: string): Action[] {
  if (!service) return [];
  if (isPlain(pattern)) return [service.actions.get(pattern)].filter((each) => each !== undefined);
  return [...service.actions].filter(([name]) => fits(pattern, name)).map(([, each]) => each);
}

function serviceIn(text: string): Service {
  const [, ...lines] = text.split('\n');
  const formats = new Map<string, Format>();
  const actions = new Map<string, Action>();
  for (const line of lines) {
    const [first = '', second = '', ...names] = line.split(' ');
    if (first.startsWith('@')) formats.set(first.slice(1), formatOf(second));
    else {
      const resources = second === '-' ? [] : second.split(',').map((each) => formats.get(each) ?? formatOf('*'));
      const level = LEVELS[first] ?? 'write';
      for (const name of names) actions.set(name.toLowerCase(), { name, level, resources });
    }
  }
  return { actions };
}
