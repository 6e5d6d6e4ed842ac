/** `.ci/run` checks more cases of each property than `npm test` does, by this factor. */
const FACTOR = Number(process.env.PROPERTY_RUNS_FACTOR ?? 1);

/** The number of cases to check of a property whose cases take long: `few` in `npm test`. */
export const propertyRuns = (few: number): number => few * FACTOR;
