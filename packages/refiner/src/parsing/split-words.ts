/** Whatever stands between words: dashes with a space at a side, long dashes, commas, semicolons, bars, dots, tabs. */
const SEPARATOR = /\s+[-‐‑−]+\s*|[-‐‑−]+\s+|\s*[–—―─－]+\s*|\s*[,，、､;；|｜·•●]\s*|\t+/;

/** Numbers before words that stand in one line: `1. apple 2. pear`. */
const INLINE_NUMBER = /(?:^|\s)\(?\d{1,3}[.)、．）](?!\d)\s*(?=\S)/;

/** Hyphens between letters of scripts that use none. */
const DENSE_HYPHEN = /(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[-‐‑−](?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])/u;

const FEWEST_BETWEEN_SLASHES = 3;
const FEWEST_BETWEEN_HYPHENS = 5;
const FEWEST_BETWEEN_SPACES = 4;

/** The pieces of a word list, separators of any kind removed; a piece may turn out to be no single word. */
export function splitWords(list: string): string[] {
  const bare = list.trim().replace(/^[[{(【「]+(.*)[\]})】」]+[.。]?$/su, '$1');
  const numbered = bare.split(INLINE_NUMBER).filter(isPiece);
  const pieces = (numbered.length > 1 ? numbered : [bare]).flatMap((part) => part.split(SEPARATOR)).flatMap((part) => part.split(DENSE_HYPHEN)).filter(isPiece);
  return pieces.length === 1 ? splitByOther(pieces[0]!.trim()) : pieces;
}

/** A single piece may be a list whose separator is one that words can contain. */
function splitByOther(piece: string): string[] {
  const slashed = piece.split(/\s*[/／・]\s*/).filter(isPiece);
  if (slashed.length >= FEWEST_BETWEEN_SLASHES) return slashed;
  const hyphened = piece.split(/[-‐‑−]/).filter(isPiece);
  if (hyphened.length >= FEWEST_BETWEEN_HYPHENS && !/\s/.test(piece)) return hyphened;
  const spaced = piece.split(/\s+/).filter(isPiece);
  return spaced.length >= FEWEST_BETWEEN_SPACES && !/[.!?。！？]$/.test(piece) ? spaced : [piece];
}

function isPiece(part: string): boolean {
  return part.trim() !== '';
}
