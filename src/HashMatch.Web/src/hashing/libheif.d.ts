// What of libheif-js is used here. Its own declarations leave out the part written by hand.
declare module 'libheif-js/libheif/libheif.js' {
  export interface HeifImage {
    get_width(): number;
    get_height(): number;
    is_primary(): boolean;
    display(
      into: { data: Uint8ClampedArray; width: number; height: number },
      done: (shown: object | null) => void,
    ): void;
    free(): void;
  }

  export interface HeifDecoder {
    decode(file: Uint8Array): HeifImage[];
  }

  export interface HeifLibrary {
    readonly HeifDecoder: new () => HeifDecoder;
  }

  export interface HeifOutput {
    print(text: string): void;
    printErr(text: string): void;
  }

  const load: (output: HeifOutput) => HeifLibrary;
  export default load;
}
