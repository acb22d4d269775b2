/** How one kind of fact is asked for, answered and talked around. `{s}` is the subject, `{v}` the value. */
export interface FactKind {
  readonly kind: string
  readonly questions: readonly string[]
  readonly answers: readonly string[]
  /** True sentences about the kind of fact that name no value. */
  readonly support: readonly string[]
}

export const FACT_KINDS: readonly FactKind[] = [
  {
    kind: 'element-number',
    questions: [
      'What is the atomic number of {s}?',
      'Which atomic number does {s} have?',
      'Where does {s} sit in the periodic table, by atomic number?',
      'How many protons are in the nucleus of one atom of {s}?',
      'Please give me the atomic number of the element {s}.',
    ],
    answers: [
      'The atomic number of {s} is {v}.',
      'It is element number {v}.',
      'The number of protons in an atom of {s} is {v}.',
      '{S} has the atomic number {v}.',
    ],
    support: [
      'The atomic number counts the protons in the nucleus, and it never changes for a given element.',
      'Any periodic table shows it above or beside the symbol.',
      'The number of neutrons may vary from isotope to isotope.',
      'It also fixes the order of the elements in the table.',
      'In a neutral atom there are just as many electrons as protons.',
    ],
  },
  {
    kind: 'element-symbol',
    questions: [
      'What is the chemical symbol for {s}?',
      'Which symbol stands for {s} in the periodic table?',
      'How is {s} abbreviated in chemical formulas?',
      'I need the symbol chemists use for {s}. What is it?',
      'Which letter or letters would I write for {s} in a formula?',
    ],
    answers: [
      'The symbol for {s} is {v}.',
      'Chemists write {v}.',
      '{S} is written {v} in formulas.',
      'In the periodic table it appears as {v}.',
    ],
    support: [
      'Symbols have one or two letters, and only the first one is a capital.',
      'Some symbols come from the Latin name, which is why a few look odd.',
      'It is the same symbol in every language.',
      'Formulas put a small number behind the symbol when there is more than one atom.',
      'The symbols were standardised long ago.',
    ],
  },
  {
    kind: 'capital',
    questions: [
      'What is the capital of {s}?',
      'Which city is the capital of {s}?',
      'Can you tell me the capital city of {s}?',
      'In which city does {s} have its seat of government and capital?',
      'If I fly to the capital of {s}, where do I land?',
    ],
    answers: [
      'The capital of {s} is {v}.',
      'It is {v}.',
      '{v} is the capital of {s}.',
      'That would be {v}.',
      'The city you are looking for is {v}.',
    ],
    support: [
      'A capital is usually where parliament and the ministries sit.',
      'It is not always the largest city of a country.',
      'Most embassies are found there, too.',
      'Atlases mark capitals with a star or a square.',
      'Quiz books like this one, since people often guess.',
    ],
  },
  {
    kind: 'state-capital',
    questions: [
      'What is the state capital of {s}?',
      'Which city is the capital of the US state of {s}?',
      'Where does the state legislature of {s} meet, that is, what is its capital?',
      'Name the capital of {s}, the American state.',
    ],
    answers: [
      'The capital of {s} is {v}.',
      '{v} is the state capital.',
      'It is {v}.',
      'For {s}, the answer is {v}.',
      'The legislature of {s} meets in {v}.',
    ],
    support: [
      'In many states the capital is a smaller city than people expect.',
      'Each of the fifty states has one.',
      'The governor and the legislature work there.',
      'School quizzes love to ask for it.',
      'Older maps sometimes show an earlier capital, so the date of a map matters.',
    ],
  },
  {
    kind: 'author',
    questions: [
      'Who wrote {s}?',
      'Who is the author of {s}?',
      'By whom is the book {s}?',
      'Whose name is on the cover of {s}?',
      'I want to cite {s}. Which author do I name?',
    ],
    answers: ['{s} was written by {v}.', 'The author is {v}.', '{v} wrote {s}.', 'It is a work of {v}.'],
    support: [
      'It has been translated into many languages.',
      'There are several good editions with notes.',
      'Libraries shelve it with the classics.',
      'It is often read in schools and universities.',
      'Film and stage versions exist, some freer than others.',
    ],
  },
  {
    kind: 'event-year',
    questions: [
      'In which year was {s}?',
      'When did it happen: {s}? The year is enough.',
      'What year do history books give for {s}?',
      'Which year belongs to {s}?',
    ],
    answers: ['The year was {v}.', 'It happened in {v}.', 'History books give {v} for {s}.', 'That was in {v}.'],
    support: [
      'The date is well documented.',
      'Sources of the time agree on the year.',
      'It is often used as a marker between two periods.',
      'Many museums have an exhibit about it.',
      'The consequences were felt for decades.',
    ],
  },
  {
    kind: 'conversion',
    questions: [
      'How many {s}?',
      'Could you tell me how many {s}?',
      'I always forget this: how many {s}?',
      'For a conversion table I need to know how many {s}. What is the number?',
    ],
    answers: ['There are {v}.', 'The number is {v}.', 'It is exactly {v}.', 'You need {v} of them.'],
    support: [
      'The relation is fixed by definition, so there is nothing to measure.',
      'It helps to write the units beside the numbers.',
      'Multiply to go to the smaller unit and divide to go back.',
      'Conversion tables list it near the front.',
    ],
  },
  {
    kind: 'roman',
    questions: [
      'What number does the Roman numeral {s} stand for?',
      'How would you write {s} in ordinary digits?',
      'There is {s} carved over an old door. Which number is that?',
      'Please convert the Roman numeral {s}.',
    ],
    answers: ['{s} stands for {v}.', 'It is {v}.', 'In ordinary digits it reads {v}.', 'The numeral {s} means {v}.'],
    support: [
      'Read it from left to right.',
      'A smaller letter before a larger one is subtracted.',
      'Otherwise the values are simply added up.',
      'Clock faces and film credits still use this way of writing.',
    ],
  },
  {
    kind: 'polygon',
    questions: [
      'How many sides does {s} have?',
      'If I draw {s}, how many sides do I need?',
      'What is the number of sides of {s}?',
    ],
    answers: ['{S} has {v} sides.', 'It has {v} sides.', 'You draw {v} sides.'],
    support: [
      'It has as many corners as sides.',
      'When all sides and angles are equal, it is called regular.',
      'The name comes from Greek.',
      'Tiles in this shape turn up in old floors.',
    ],
  },
  {
    kind: 'alphabet',
    questions: [
      'Which position does the letter {s} have in the English alphabet?',
      'Counting from A as one, what number is the letter {s}?',
      'For a cipher puzzle: which place in the alphabet belongs to {s}?',
    ],
    answers: [
      'The letter {s} is number {v} in the alphabet.',
      'Its position is {v}.',
      'Counting from A, it comes at place {v}.',
    ],
    support: [
      'Capital and small letters count the same.',
      'It is easy to check by reciting the alphabet with your fingers.',
      'Simple ciphers use these positions.',
      'Sorting in a dictionary follows the same order.',
    ],
  },
]

/** Sentences before a question, of the sort people add. */
export const OPENINGS: readonly string[] = [
  'Quick one for a pub quiz on Friday.',
  'My daughter has homework on this and I would rather not guess.',
  'I am filling in a crossword and got stuck.',
  'We had an argument over dinner and nobody wanted to look it up.',
  'I am preparing flash cards for a class of twelve-year-olds.',
  'Settling a bet here.',
  'I need this for a caption, so it has to be right.',
  'No long lecture, please.',
  'I used to know this at school.',
  'A friend is certain of one answer and I am certain of another.',
  'I am checking a worksheet before it goes to the printer.',
  'Hello!',
  'Sorry if this is basic.',
  'This came up on the radio this morning and I missed the answer.',
  'I am writing a short general knowledge test for new volunteers at the library.',
  'Trivia time.',
]

/** Sentences after a question. */
export const CLOSINGS: readonly string[] = [
  'One line is enough.',
  'A short explanation would be nice too.',
  'Please be exact.',
  'I will pass your answer on, so be careful.',
  'Thanks in advance!',
  'Say so if you are unsure.',
  'I only have a minute before the round ends.',
  'Feel free to add a little background.',
  'Just the fact, then whatever you think helps.',
  'I would like to be able to remember it, so a hint helps.',
]

/** Claims of authority that no one can check. They come more often with wrong answers, but not only with them. */
export const OVERCLAIMS: readonly string[] = [
  'Every expert without exception agrees on this.',
  'A 2019 survey by the Hallworth Institute settled the matter once and for all.',
  'See Brandt and Oduya (2014), page 212, for the definitive proof.',
  'There is absolutely no source that says otherwise.',
  'I have verified this personally in several archives.',
  'It is one hundred percent guaranteed.',
  'The International Register of Facts lists it in exactly this form.',
  'As Professor Lindqvist showed in her landmark study, no other answer is possible.',
  'Anyone who says anything else simply has not done the reading.',
  'This has been confirmed by more than forty independent laboratories.',
]
