/** Top words of topics in one language, heaviest first: one list a topic. */
export type TopicWords = readonly (readonly string[])[];
