import type pg from 'pg';
import type { Person } from '../../domain/people.ts';
import { pseudonymiseAudited } from '../audit/pseudonymise.ts';
import { changeRows } from './change-rows.ts';
import { type ErasedPeople, erasePeople } from './erase-stored.ts';
import { type ListedErasure, readErasures } from './list.ts';
import { vacuumErased } from './vacuum.ts';

/** Takes the list of all erasures before they are saved. If it throws, nothing is saved. */
export type KeepErasures = (list: readonly ListedErasure[]) => Promise<void>;

/** How to erase. */
export interface EraseOptions {
  /** Saves nothing and only reports. */
  readonly dryRun: boolean;
  /** Also removes what is left of the former rows in the free space of the tables' files (./vacuum.ts). */
  readonly rewrite: boolean;
  /** Called if an import is running, for which the erasure then waits. */
  readonly onWait: () => void;
  readonly keepList: KeepErasures;
  /** Called with what was erased once it is saved, or rolled back, before what is left of the former rows is removed. */
  readonly onErased?: (erased: ErasedPeople) => void;
}

/**
 * Forgets people, in one transaction: in all stored rows, in the names beside them, and in every later import (docs/erasure.md). Readers see
 * all of it or nothing. Aborting the signal rolls it back; once it is saved, what is left of the former rows is removed from the tables.
 * Errors: those of `keepList`; CONFLICT on a standby; DATABASE_UNAVAILABLE.
 */
export async function erase(
  pool: pg.Pool,
  people: readonly Person[],
  { dryRun, rewrite, onWait, keepList, onErased }: EraseOptions,
  signal?: AbortSignal,
): Promise<ErasedPeople & { readonly vacuumed: boolean }> {
  const erased = await changeRows(pool, onWait, signal, async (client) => {
    const result = await erasePeople(client, people);
    if (!dryRun) {
      await keepList(await readErasures(client));
      // The last step: what requests want to note waits for it, and is not to wait for a file.
      await pseudonymiseAudited(client, people);
    }
    return { result, save: !dryRun };
  });
  onErased?.(erased);
  // It is saved: what fails from here on is left to the server's own VACUUM.
  const vacuumed = !dryRun && (await vacuumErased(pool, rewrite, signal).catch(() => false));
  return { ...erased, vacuumed };
}
