/** Colours a whole line or word; never the only carrier of meaning. */
export type Paint = (tone: 'good' | 'bad' | 'warn' | 'strong' | 'dim', text: string) => string;
