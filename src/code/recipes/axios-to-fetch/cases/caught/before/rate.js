import axios from 'axios';

export async function rate(url) {
  try {
    return (await axios.get(url)).data;
  } catch (problem) {
    return problem.config.url;
  }
}
