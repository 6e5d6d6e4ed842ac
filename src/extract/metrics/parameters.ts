/** Parameters of metrics, besides the filters. They may occur only once. */
export const OWN_PARAMETERS = [
  'metrics',
  'groupBy',
  'period',
  'last',
  'andCurrent',
  'from',
  'to',
  'timeZone',
  'weekStart',
  'on',
  'at',
  'compareTo',
  'having',
  'orderBy',
  'first',
  'fill',
  'counts',
  'total',
  'evidence',
  'include',
] as const;

/** A parameter of metrics that is neither a filter nor one of the form. */
export type MetricsParameter = (typeof OWN_PARAMETERS)[number];
