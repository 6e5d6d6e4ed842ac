import type { InterviewType } from '../company/hiring-process.ts';
import { type Office, OTHER_PLACES } from '../company/offices.ts';
import { filled } from '../identifiers.ts';
import type { Random, Shares } from '../random.ts';

/** Patterns for `filled`. */
const VIDEO_LINKS: Shares<string> = [
  ['https://meet.example.com/@@@-@@@@-@@@', 0.5],
  ['https://video.example.com/j/##########?pwd=@@@@##@@@', 0.3],
  ['Meeting ID: ### #### ####, passcode: ######', 0.15],
  ['📹 ###-###-###', 0.05],
];

/** Returns the location of an interview: an address, a phone number, a link or a meeting id. */
export function location(random: Random, type: InterviewType, office: Office): string {
  switch (type) {
    case 'ONSITE':
      return office.address;
    case 'PHONE':
      return filled(office.phone, random);
    case 'VIDEO':
      return filled(random.weighted(VIDEO_LINKS), random);
    case 'OTHER':
      return random.pick(OTHER_PLACES);
  }
}

/** Returns the room of a slot, two rooms, or a meeting id; null if there is none. */
export function room(random: Random, type: InterviewType, office: Office): string | null {
  if (type === 'VIDEO') return random.chance(0.6) ? filled('### #### ####', random) : null;
  if (type !== 'ONSITE') return null;
  if (random.chance(0.06)) return null;
  const name = random.pick(office.rooms);
  return random.chance(0.04) ? `${name}, ${random.pick(office.rooms)}` : name;
}

/** Returns another room, for the part of an onsite interview that is held at the same time as another part. */
export function anotherRoom(random: Random, office: Office, taken: string | null): string {
  return random.pick(office.rooms.filter((name) => name !== taken));
}
