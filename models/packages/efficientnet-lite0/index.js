/** The address of the ONNX file, in a form that bundlers know. */
export const address = () => new URL('./efficientnet-lite0.onnx', import.meta.url);
