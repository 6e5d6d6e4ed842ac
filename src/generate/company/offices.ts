import { type Zone, zoneNamed } from '../time/zones.ts';

/** An office where interviews take place. In patterns, `#` stands for a digit. */
export interface Office {
  readonly zone: Zone;
  readonly address: string;
  /** Pattern of the office's phone numbers; numbers reserved for fiction if the country has them. */
  readonly phone: string;
  readonly rooms: readonly string[];
}

function office(zone: string, address: string, phone: string, rooms: string): Office {
  return { zone: zoneNamed(zone), address, phone, rooms: rooms.split('|') };
}

export const OFFICES: readonly Office[] = [
  office(
    'America/New_York',
    '350 Fifth Avenue, 21st floor, New York, NY 10118, USA',
    '+1 212-555-01##',
    'Hudson|Brooklyn|Liberty|Room 21.04|Room "Carnegie"',
  ),
  office(
    'America/Los_Angeles',
    '1 Market Street, Suite 300\nSan Francisco, CA 94105\nUSA',
    '+1 (415) 555-01##',
    'Alcatraz|Golden Gate|Mission|SF-3-112|Lombard, north end',
  ),
  office(
    'America/Chicago',
    '233 S Wacker Dr, Chicago, IL 60606',
    '+1 312 555 01## ext. ##',
    'Loop|Wrigley|Lake|CHI 4A',
  ),
  office('America/Denver', '1701 Wynkoop St, Denver, CO 80202', '(303) 555-01##', 'Aspen|Vail|Red Rocks'),
  office(
    'America/Toronto',
    '290, rue Bremner / 290 Bremner Blvd, Toronto, ON M5V 3L9',
    '+1 416 555 01##',
    'Maple|Érable',
  ),
  office(
    'America/Sao_Paulo',
    'Av. Paulista, 1578 – Bela Vista, São Paulo – SP, 01310-200, Brasil',
    '+55 11 9####-####',
    'Sala Ipê|Sala Jacarandá|Auditório “Tarsila”',
  ),
  office(
    'America/Mexico_City',
    'Paseo de la Reforma 222, Cuauhtémoc, 06600 CDMX',
    '+52 55 #### ####',
    'Sala Frida|Ágora',
  ),
  office(
    'America/Santiago',
    'Av. Apoquindo 4501, Las Condes, Santiago, Chile',
    '+56 2 2### ####',
    'Sala Neruda|Sala Ñandú',
  ),
  office(
    'Europe/London',
    '30 St Mary Axe, London EC3A 8BF, United Kingdom',
    '+44 20 7946 0###',
    'Thames|The "Gherkin" room|Baker|L12-West',
  ),
  office(
    'Europe/Dublin',
    'The Docklands, 1 Sir John Rogerson’s Quay, Dublin 2',
    '+353 1 ### ####',
    'Joyce|Liffey|Wilde',
  ),
  office(
    'Europe/Berlin',
    'Karl-Liebknecht-Straße 29 (Hinterhof), 10178 Berlin, Deutschland',
    '+49 30 23125 ###',
    'Konferenzraum „Spree“|Raum 2.07|Müggelsee|Späti',
  ),
  office(
    'Europe/Paris',
    '12 bis, rue de l’Opéra\n75001 Paris\nFrance',
    '+33 1 99 00 ## ##',
    'Salle Curie|Salle « Monet »|Étage 3, salle B|Rez-de-chaussée',
  ),
  office('Europe/Madrid', 'Calle de Alcalá, 42, 3.º izq., 28014 Madrid', '+34 91 ### ## ##', 'Sala Gaudí|Sala Goya'),
  office('Europe/Warsaw', 'ul. Świętokrzyska 14, 00-050 Warszawa, Polska', '+48 22 ### ## ##', 'Wisła|Chopin|Łazienki'),
  office('Europe/Prague', 'Náměstí Míru 9, 120 00 Praha 2', '+420 2## ### ###', 'Vltava|Žižkov'),
  office('Europe/Athens', 'Λεωφόρος Κηφισίας 44, 151 25 Μαρούσι, Αθήνα', '+30 21# ### ####', 'Αίθουσα Α|Ακρόπολη'),
  office('Europe/Kyiv', 'вул. Хрещатик, 22, Київ, 01001, Україна', '+380 44 ### ## ##', 'Дніпро|Кімната 5'),
  office('Europe/Istanbul', 'Büyükdere Cad. No:185, Şişli, İstanbul', '+90 212 ### ## ##', 'Boğaziçi|Galata'),
  office('Africa/Cairo', '١٢ شارع التحرير، الدقي، القاهرة', '+20 2 #### ####', 'قاعة النيل|قاعة ٢'),
  office('Africa/Johannesburg', '15 Alice Lane, Sandton, 2196', '+27 11 ### ####', 'Protea|Table Mountain'),
  office('Asia/Jerusalem', 'שדרות רוטשילד 45, תל אביב-יפו', '+972 3 ### ####', 'חדר כרמל|גליל'),
  office('Asia/Dubai', 'مركز دبي المالي العالمي، البوابة ٤، دبي', '+971 4 ### ####', 'Palm|Creek'),
  office('Asia/Kolkata', '4th Floor, "Prestige" Tower, MG Road, बेंगलुरु 560001', '+91 80 #### ####', 'Ganga|Kaveri|नर्मदा'),
  office('Asia/Singapore', '8 Marina View, #34-01, Singapore 018960', '+65 6### ####', 'Orchid|Merlion'),
  office('Asia/Shanghai', '上海市静安区南京西路1266号恒隆广场50楼', '+86 21 #### ####', '黄浦江|会议室 3|外滩'),
  office(
    'Asia/Tokyo',
    '〒150-0002 東京都渋谷区渋谷2-24-12 スクランブルスクエア',
    '+81 3-####-####',
    '会議室A|富士|さくら',
  ),
  office('Asia/Seoul', '서울특별시 강남구 테헤란로 152, 강남파이낸스센터', '+82 2-###-####', '한강|회의실 1'),
  office('Australia/Sydney', 'Level 5, 48 Pirrama Rd, Pyrmont NSW 2009', '+61 2 5550 ####', 'Bondi|Opera|Uluru'),
  office('Pacific/Auckland', '151 Victoria St West, Auckland 1010, Aotearoa', '+64 9 ### ####', 'Tūī|Kākāpō'),
];

/** Locations of interviews of type OTHER. */
export const OTHER_PLACES: readonly string[] = [
  'Career fair, hall 3, stand "B 12"',
  'Café Central, Herrengasse 14, 1010 Wien',
  'Take-home exercise (no meeting)',
  'Campus day — Universität Zürich, Hörsaal KOL-F-101',
  'Lunch with the team 🍜',
  'Conference booth, "Women in Tech"',
];
