// The work that a change brings along, each piece by a name of its own, so that it is recorded once and struck off once.
import type { Change } from './change-record.ts';
import type { Work } from './work.ts';

/** Carrying it out. */
export const carrying = ({ id, incident }: Change): Work => ({ id: `carry.${id}`, incident, do: 'carry', change: id });

/** Taking it back, for whoever finds that half done. */
export const undoing = ({ id, incident }: Change): Work => ({ id: `undo.${id}`, incident, do: 'undo', change: id });

/** Letting a request run out. */
export const expiring = ({ id, incident }: Change): Work => ({
  id: `expire.${id}`,
  incident,
  do: 'expire',
  change: id,
});

/** Telling people how it has ended, once for each end. */
export const telling = ({ id, incident, state }: Change): Work => ({
  id: `tell.${id}.${state}`,
  incident,
  do: 'tell',
  change: id,
});
