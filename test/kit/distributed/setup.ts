/**
 * A setup file of Vitest: a test file fails at its end if this process has sent a statement that Citus would not plan. Such a text is written otherwise,
 * or, where a distributed database is sent another, its name is put into exceptions.ts with the reason.
 */
import { afterAll } from 'vitest';
import { takeTexts, watchTexts } from './sent-texts.ts';

watchTexts();

afterAll(async () => {
  const texts = takeTexts();
  if (texts.length === 0) return;
  const { complaintsAbout } = await import('./complaints.ts');
  const complaints = await complaintsAbout(texts);
  if (complaints.length > 0) throw new Error(complaints.join('\n\n'));
});
