/** Sentences about a candidate in one language, by rating. */
export interface Sentences {
  readonly strong: readonly string[];
  readonly mixed: readonly string[];
  readonly weak: readonly string[];
  /** Separator between two sentences. */
  readonly space: string;
}

function sentences(strong: string, mixed: string, weak: string, space = ' '): Sentences {
  return { strong: strong.split('|'), mixed: mixed.split('|'), weak: weak.split('|'), space };
}

const english = sentences(
  [
    'Great problem solver, very structured.',
    'Clear communication; asked good questions before writing any code.',
    'Strong hire.',
    'Knows the trade-offs of sharding, caching and queues, and said when not to use them.',
    'Said "I don\'t know" once and then found out – I liked that.',
    'Would be happy to work with this person.',
    'Finished the exercise in 35 minutes, with tests.',
    'Excellent culture add, warm and direct.',
    'Best role play that I have seen this quarter.',
    'Walked us through a migration of about 40 services: what went wrong, who was told when, what it cost, and which two things would be done differently today. None of it sounded rehearsed.',
    'Took the vague brief ("make the sign-up better"), asked whom it fails and how often, and had a plan for two weeks on the whiteboard before we had finished our coffee.',
  ].join('|'),
  [
    'Solid on the basics, but little experience with systems at our size.',
    "Good conversation; I could not find out what was the candidate's own part in the project.",
    'OK overall.',
    'Needed two hints, took them well.',
    'Would like a second opinion on leadership before we decide.',
    'Answers were long, and the point often came last.',
    'Salary expectation is above the band (asked for "at least 95,000").',
    'Motivation for the role stayed a bit vague.',
    'The first half was convincing; in the second, on testing and operations, most answers were "the platform team did that", so I would want the next interviewer to dig there.',
    'I rate lower than the panel: the design works, but it took three rounds until the numbers (requests per second, size of a record, how long we keep it) were on the table.',
  ].join('|'),
  [
    'No.',
    'Could not explain the design that the CV describes.',
    'Came 20 minutes late and without having read the brief.',
    'Struggled with a simple loop, even after hints.',
    'Interrupted the panel several times, which felt dismissive.',
    'Not a fit for this level; maybe for the junior opening.',
    'Was rather negative about the former employer ("a circus").',
    'We spent most of the hour on the first question. Hints were taken as criticism, the examples were copied from the documentation, and there was no time left for questions from the candidate.',
  ].join('|'),
);

/** The sentences by the language of a culture in names.ts. */
export const REVIEW_SENTENCES = {
  en: english,
  de: sentences(
    'Sehr überzeugend, klare Empfehlung.|Hat die Aufgabe zügig gelöst und „sauber“ begründet.|Großes Fachwissen, angenehme Art.',
    'Fachlich in Ordnung, für die Führungsrolle noch zu früh.|Wirkte nervös, wurde dann aber besser.|Kündigungsfrist: 3 Monate.',
    'Leider keine Übereinstimmung mit dem Profil.|Antworten blieben vage, auch auf Nachfrage.',
  ),
  fr: sentences(
    'Excellent échange, profil très complet.|À recruter sans hésiter !|Très bonne maîtrise du sujet, esprit d’équipe.',
    'Bon profil, mais l’anglais reste à améliorer.|Quelques hésitations sur la partie « architecture ».',
    'Pas convaincu : réponses trop générales.|N’avait pas préparé l’entretien.',
  ),
  es: sentences(
    '¡Muy buena candidata!|Explica con claridad y tiene mucha experiencia.|Encaja muy bien con el equipo.',
    'Buen nivel técnico, aunque le falta experiencia en producción.|¿Segunda entrevista? Yo diría que sí.',
    'No cumple los requisitos del puesto.|Llegó tarde y sin preparar.',
  ),
  pt: sentences(
    'Ótima comunicação e muito conhecimento técnico.|Recomendo a contratação.',
    'Bom perfil, porém júnior para a vaga.|Precisa de acompanhamento no início.',
    'Não recomendo; respostas vagas sobre as últimas experiências.',
  ),
  pl: sentences(
    'Świetna rozmowa, zdecydowanie polecam.|Bardzo dobra znajomość zagadnień.',
    'Dobre podstawy, brakuje doświadczenia w większych projektach.',
    'Nie spełnia wymagań – słaba znajomość języka.',
  ),
  ru: sentences(
    'Отличный кандидат, рекомендую.|Уверенно решил задачу и объяснил ход мыслей.',
    'Неплохо, но опыта управления мало.|Нужно ещё одно интервью.',
    'Не подходит: не ответил на базовые вопросы.',
  ),
  ja: sentences(
    '非常に優秀で、論理的に説明できました。|ぜひ一緒に働きたいです。',
    '基礎はしっかりしていますが、経験が少し足りません。|次の面接で確認が必要です。',
    '今回は見送りたいと思います。|質問への回答が「曖昧」でした。',
    '',
  ),
  zh: sentences('沟通清晰，经验丰富。|强烈推荐录用！', '基础不错，但缺少大型项目经验。', '不太符合岗位要求。', ''),
  ko: sentences(
    '매우 우수한 지원자입니다.|팀에 잘 어울릴 것 같습니다.',
    '기본기는 좋지만 경험이 부족합니다.',
    '이번 포지션에는 적합하지 않습니다.',
  ),
  ar: sentences(
    'مرشح ممتاز، أوصي بتوظيفه.|تواصل واضح وخبرة كبيرة.',
    'جيد، لكنه يحتاج إلى خبرة أكثر.',
    'غير مناسب لهذه الوظيفة.',
  ),
  hi: sentences('बहुत अच्छा उम्मीदवार, मैं सिफ़ारिश करता हूँ।', 'ठीक है, पर अनुभव कम है।', 'इस पद के लिए उपयुक्त नहीं।'),
} satisfies Readonly<Record<string, Sentences>>;

export type Language = keyof typeof REVIEW_SENTENCES;
