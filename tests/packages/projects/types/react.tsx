import type { SmoothGradElement } from 'smoothgrad/react';

export const right = (ref: { current: SmoothGradElement | null }) => (
  <smooth-grad
    ref={ref}
    className="map"
    src="cat.jpg"
    target="tiger cat"
    samples={50}
    clean-last
    timesInput
    onprogress={({ detail }) => console.log(detail.done)}
    onerror={({ detail }) => console.log(detail.code)}
  >
    <p>A map</p>
  </smooth-grad>
);

// @ts-expect-error: there is no such attribute
export const misspelt = <smooth-grad src="cat.jpg" sampels={50} />;
