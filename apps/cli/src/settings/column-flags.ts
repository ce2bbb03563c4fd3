import { type DocumentColumns, documentColumnsSchema } from '@xtm/data';

const { shape } = documentColumnsSchema;

type Meaning = keyof typeof shape;

/** Flags that name columns of tables, `--text-column` and others, as a command's fields. */
export function columnFields<const Meanings extends readonly Meaning[]>(...meanings: Meanings) {
  const fields = meanings.map((meaning) => [`${meaning}Column`, shape[meaning]] as const);
  return Object.fromEntries(fields) as { readonly [Key in Meanings[number] as `${Key}Column`]: (typeof shape)[Key] };
}

/** The columns that these flags name. */
export function columnsOf(flags: Readonly<Record<string, unknown>>): DocumentColumns {
  const named = Object.keys(shape).map((meaning) => [meaning, flags[`${meaning}Column`]] as const);
  return Object.fromEntries(named.filter(([, column]) => column !== undefined));
}
