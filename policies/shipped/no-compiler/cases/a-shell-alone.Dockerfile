# expect: shipped/no-compiler: what ships contains c-compiler
FROM gcc:14
CMD ["bash"]
