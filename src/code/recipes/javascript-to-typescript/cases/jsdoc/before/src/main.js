#!/usr/bin/env node
import { Circle, area, describe } from './shapes.js';

/** @type {import('./shapes.js').Shape[]} */
const shapes = [];
shapes.push(new Circle(2));

/**
 * @param {import('./shapes.js').Shape} shape
 * @returns {shape is Circle}
 */
const isCircle = shape => shape instanceof Circle;

export const names = shapes.filter(isCircle).map(describe);
export const sum = shapes.reduce((total, shape) => total + area(shape), 0);
