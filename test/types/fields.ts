/**
 * Types of the table of fields. tsc checks this file (`npm run check`), and nothing runs it: a line after `@ts-expect-error` must not compile,
 * or tsc reports the comment.
 */
import { FIELD_INDEX, FIELDS, type FieldKey } from '../../src/domain/fields.ts';

'interviewId' satisfies FieldKey;
// @ts-expect-error there is no such field
'interviewID' satisfies FieldKey;
// @ts-expect-error a key is not just any text
String('interviewId') satisfies FieldKey;
// @ts-expect-error the label is not the key
'Interview ID' satisfies FieldKey;

FIELD_INDEX.interviewId satisfies number;
// @ts-expect-error only fields have an index
FIELD_INDEX.startsAt satisfies number;

FIELDS[0].key satisfies 'interviewId';
// @ts-expect-error each entry of the table has its own key, in the table’s order
FIELDS[0].key satisfies 'applicationId';

({ interviewId: 'a', room: null }) satisfies Partial<Record<FieldKey, string | null>>;
// @ts-expect-error a row has no other keys
({ interviewId: 'a', place: null }) satisfies Partial<Record<FieldKey, string | null>>;
