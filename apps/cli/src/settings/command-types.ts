import type { z } from 'zod';
import type { SettingLayer } from '@xtm/pipeline';

/** What a flag is for; with its choices where they are few, or with what reads its value. */
export type FlagText =
  | string
  | readonly [
      text: string,
      rule?: readonly string[] | ((value: string, before?: never) => unknown),
      more?: { readonly conflicts?: readonly string[] },
    ];

/** Flags by how they are written, without dashes: `out <file>`, `no-train`, `json`. */
export type FlagTable = Readonly<Record<string, FlagText>>;

/** What an action is handed of the flags that a command's text lists. */
export type FlagsOf<Text> = ValuesOf<PartOf<Text, 'required'>> &
  Partial<ValuesOf<PartOf<Text, 'flags'>> & ValuesOf<PartOf<Text, 'ending'>> & FieldsOf<PartOf<Text, 'fields'>>> &
  (Text extends { readonly settings: unknown } ? SettingLayer : unknown);

/** What an action is handed of the arguments: a list of `<runs...>`, perhaps nothing of `[file]`. */
export type ArgumentsOf<Text> = Text extends { readonly args: infer Args extends readonly (readonly unknown[])[] }
  ? { [Place in keyof Args]: ArgumentOf<Args[Place]> }
  : [];

type ArgumentOf<Argument> = Argument extends readonly [`${string}...>`, ...unknown[]]
  ? readonly string[]
  : Argument extends readonly [`<${string}`, ...unknown[]] | readonly [string, string, string]
    ? string
    : string | undefined;

type PartOf<Text, Name extends string> = Text extends { readonly [Key in Name]: infer Part } ? Part : unknown;

type ValuesOf<Table> = {
  readonly [Written in keyof Table & string as NameOf<Written>]: FlagValue<Table, Written>;
};

/** Of each way to write it: `--stop-words` and `--no-stop-words` are one flag. */
type FlagValue<Table, Written> = Written extends keyof Table ? ValueOf<Written, Table[Written]> : never;

type FieldsOf<Fields> = { readonly [Name in keyof Fields]: z.input<Extract<Fields[Name], z.ZodType>> };

/** `textColumn` of `text-column <name>`, `train` of `no-train`. */
type NameOf<Written extends string> = Written extends `${infer Name} <${string}`
  ? CamelCase<Name>
  : Written extends `no-${infer Name}`
    ? CamelCase<Name>
    : CamelCase<Written>;

type CamelCase<Text extends string> = Text extends `${infer First}-${infer Rest}`
  ? `${First}${Capitalize<CamelCase<Rest>>}`
  : Text;

type ValueOf<Written, Described> = Described extends readonly [string, infer Rule, ...unknown[]]
  ? RuledValue<Written, Rule>
  : TextValue<Written>;

type RuledValue<Written, Rule> = Rule extends readonly (infer Choice)[]
  ? Written extends `${string}...>`
    ? readonly Choice[]
    : Choice
  : Rule extends (value: string, before?: never) => infer Value
    ? Value
    : TextValue<Written>;

type TextValue<Written> = Written extends `${string} <${'number' | 'share'}>`
  ? number
  : Written extends `${string} <name=value>`
    ? Readonly<Record<string, unknown>>
    : Written extends `${string} <${string}`
      ? string
      : boolean;
