it();
