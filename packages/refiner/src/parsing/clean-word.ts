const OPENING = /^[\s"'`“”‘’„«»‹›「」『』《》〈〉【】[\](){}*•●▪◦.…]+/u;
const CLOSING = /[\s"'`“”‘’„«»‹›「」『』《》〈〉【】[\](){}*.…,，。、;；:：!！?？]+$/u;
const NUMBERING = /^(?:\(?\d{1,3}\s*[.)、．）:：]\s*|[①-⑳]\s*)/u;
const GLOSS = /\s*[（(【[][^）)】\]]*[）)】\]]?\s*$/u;
const WEIGHT = /\s*[:：=×]\s*\d+(?:[.,]\d+)?%?$/u;

/** A piece of a word list without numbering, quotes, marks, weights and glosses in brackets; empty when nothing is left. */
export function cleanWord(piece: string): string {
  const bare = piece.trim().replace(/^[-‐‑−+*\s]+|[-‐‑−\s]+$/gu, '').replace(NUMBERING, '');
  const unmarked = bare.replace(OPENING, '').replace(WEIGHT, '');
  const glossFree = unmarked.replace(GLOSS, '');
  return (glossFree === '' ? unmarked : glossFree).replace(WEIGHT, '').replace(CLOSING, '');
}

/** Whether a cleaned piece is one word: no white space, hyphen, underscore or slash in it. */
export function isSingleWord(word: string): boolean {
  return word !== '' && !/[\s\-‐‑−–—_＿/／\\|]/u.test(word);
}
