import type { Language } from '../interview/review-sentences.ts';

/** Names of people, whose first and last names, and often whose reviews, come from one language. */
interface Culture {
  /** Key of their sentences in review-sentences.ts. */
  readonly language: Language;
  readonly firstNames: readonly string[];
  readonly lastNames: readonly string[];
}

function culture(language: Language, firstNames: string, lastNames: string): Culture {
  return { language, firstNames: firstNames.split('|'), lastNames: lastNames.split('|') };
}

const english = culture(
  'en',
  'Olivia|Liam|Emma|Noah|Amelia|James|Grace|Jack|Mary Ann|Robert "Bob"|Siobhán|Zoë|D’Andre|J. R.|Chloe|Ethan',
  "Smith|Johnson|O’Brien|O'Neill|Brown|Jones|MacDonald|Taylor-Reed|Wilson|King, Jr.|Clark|Wright|Hall|Young|Baker",
);

/** Listed in proportion to their frequency. The names contain commas, quotes, accents and every kind of script. */
export const CULTURES: readonly Culture[] = [
  english,
  english,
  english,
  english,
  english,
  culture(
    'de',
    'Jürgen|Anna-Lena|Björn|Käthe|Lukas|Sören|Hans-Peter|Zoë|Friederike|Max',
    'Müller|Schröder|Weiß|von der Leyden|Groß|Jäger|Krüger|Lüdenscheidt-Baum|Schmidt|Höß',
  ),
  culture(
    'fr',
    'François|Zoé|Hélène|Jean-Baptiste|Maëlys|Anaïs|Léo|Noël|Chloé|Étienne',
    'Lefèvre|Dubois|d’Artois|L’Hôpital|Garçon|Bérenger|de La Tour|Martin|Nuñez|Œuvrard',
  ),
  culture(
    'es',
    'José|María José|Iñigo|Lucía|Álvaro|Begoña|Ángel|Inés|Joaquín|Ximena',
    'García Márquez|Núñez|de la Cruz|Peña|Ibáñez|Rodríguez|Muñoz y Soler|Güell|Castaño|López',
  ),
  culture(
    'pt',
    'João|Conceição|Luís|Inês|Antônio|Letícia|Thaís|Gonçalo|Caio|Bruna',
    'da Silva|Conceição|Gonçalves|dos Santos|Araújo|Magalhães|Simões|Brandão|Corrêa|Souza',
  ),
  culture(
    'pl',
    'Łukasz|Małgorzata|Wojciech|Zofia|Krzysztof|Agnieszka|Żaneta|Paweł|Jan|Ewa',
    'Wiśniewski|Dąbrowska|Wójcik|Żółkiewski|Kowalczyk|Szczęsna|Nowak|Zając|Łuczak|Świątek',
  ),
  culture(
    'en',
    'Jiří|Şebnem|Åsa|Øystein|Þórdís|Ștefan|Gülşah|Märta|Đorđe|Ilze',
    'Dvořák|Yıldız|Ångström|Bjørnsson|Guðmundsdóttir|Țepeș|Čapek|Järvinen|Đurić|Ozoliņš',
  ),
  culture(
    'ru',
    'Анна|Дмитрий|Екатерина|Сергей|Ольга|Олексій|Иван|Татьяна',
    'Иванова|Смирнов|Кузнецова|Шевченко|Попов|Соловьёв|Щербакова|Мельник',
  ),
  culture('ja', '美咲|翔太|さくら|健一|葵|大輔|𠮷男|ユキ', '佐藤|鈴木|髙橋|田中|渡邊|山﨑|𠮷田|小林'),
  culture('zh', '伟|芳|小明|丽华|志强|雨桐|思远|嘉欣', '王|李|张|刘|陈|欧阳|赵|司马'),
  culture('ko', '민준|서연|지훈|수빈|하은|도윤', '김|이|박|최|정|남궁'),
  culture('ar', 'فاطمة|محمد|ليلى|يوسف|نور|عمر', 'الأحمد|حسن|المصري|خليل|بن سعيد|العلي'),
  culture('hi', 'प्रिया|राहुल|अनन्या|विक्रम|Aarav|Deepika', 'शर्मा|पटेल|Iyer|Venkataraman|सिंह|Krishnamurthy'),
  culture(
    'en',
    'Ngọc Ánh|Nguyệt|สมชาย|กัลยา|נועה|יוסף|Ελένη|Γιώργος',
    'Nguyễn|Trần|ศรีสุข|ใจดี|כהן|לוי|Παπαδόπουλος|Kahananui',
  ),
];
