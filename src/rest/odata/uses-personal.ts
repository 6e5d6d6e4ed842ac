import { seesPersonal, type Viewer } from '../../domain/viewer.ts';
import { type EntitySet, findProperty } from './entity-sets.ts';

/** Whether one of these properties, which are shown, compared or ordered by, is personal, and the viewer may see it: for the audit log. */
export const usesPersonal = (set: EntitySet, names: readonly string[], viewer: Viewer): boolean =>
  seesPersonal(viewer) && names.some((name) => findProperty(set, name)?.personal);
