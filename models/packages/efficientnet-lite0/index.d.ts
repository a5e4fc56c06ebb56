/** The address of the ONNX file. */
export declare const address: () => URL;
