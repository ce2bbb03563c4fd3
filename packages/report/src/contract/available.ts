/** Data of a view, or why there are none, in one sentence for people. */
export type Available<Data> = { readonly data: Data } | { readonly missing: string };
