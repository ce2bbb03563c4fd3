/** Scripts written without spaces, which tokenizers cut into about one token a character. */
const DENSE_SCRIPT = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}]/gu;

/** Characters a token in scripts with spaces, on the careful side: tokenizers come to 3.5 to 4.5 in English. */
const CHARACTERS_PER_TOKEN = 3.5;

/** About how many tokens a text has for a language model; no tokenizer is consulted. */
export function estimateTokens(text: string): number {
  const dense = text.match(DENSE_SCRIPT)?.length ?? 0;
  return dense + Math.ceil((text.length - dense) / CHARACTERS_PER_TOKEN);
}
