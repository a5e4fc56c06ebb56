/** @jsxImportSource solid-js */
import 'smoothgrad/solid';

export const right = () => <smooth-grad class="map" src="cat.jpg" samples={50} on:done={({ detail }) => console.log(detail.done)} />;

// @ts-expect-error: nor is this a number
export const wrong = () => <smooth-grad src={5} />;
