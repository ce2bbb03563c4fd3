/** Topics in two dimensions: near ones have similar words. */
export interface TopicMapData {
  /** One entry per topic. */
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Correlation of distances on the map with those between the word distributions. */
  readonly fit: number;
}
