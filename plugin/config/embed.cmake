# What is compiled in, written by a program of the build from policies/: the packs, and the catalogue of images.
file(GLOB base_sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/base/*.c)
add_executable(sp-embed config/embed.c config/embed_packs.c config/embed_catalogue.c config/yaml.c ${base_sources})
target_include_directories(sp-embed PRIVATE ${CMAKE_CURRENT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/include)
target_compile_definitions(sp-embed PRIVATE _POSIX_C_SOURCE=200809L)
target_link_libraries(sp-embed PRIVATE sp_warnings PkgConfig::YAML)

set(policies ${PROJECT_SOURCE_DIR}/policies)
set(builtin_packs ${CMAKE_CURRENT_BINARY_DIR}/builtin_packs.c)
set(catalogue_rows ${CMAKE_CURRENT_BINARY_DIR}/catalogue_rows.c)
file(GLOB_RECURSE pack_files CONFIGURE_DEPENDS ${policies}/*.lua ${policies}/pack.yaml)
add_custom_command(OUTPUT ${builtin_packs} COMMAND sp-embed packs ${policies} ${builtin_packs}
  DEPENDS sp-embed ${pack_files} COMMENT "Embedding the packs" VERBATIM)
file(GLOB image_files CONFIGURE_DEPENDS ${policies}/images/*.yaml)
add_custom_command(OUTPUT ${catalogue_rows} COMMAND sp-embed catalogue ${policies}/images ${catalogue_rows}
  DEPENDS sp-embed ${image_files} COMMENT "Embedding the catalogue of images" VERBATIM)
target_sources(sp_objects PRIVATE ${builtin_packs} ${catalogue_rows})
set_source_files_properties(${builtin_packs} PROPERTIES COMPILE_OPTIONS -Wno-overlength-strings) # a policy is one literal
